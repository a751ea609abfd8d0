#undef assert  // assert.h may be included again with NDEBUG changed

_Noreturn void __assert_failed(const char *condition, const char *file, int line, const char *function);

#ifdef NDEBUG
#define assert(condition) ((void)0)
#else
#define assert(condition) ((condition) ? (void)0 : __assert_failed(#condition, __FILE__, __LINE__, __func__))
#endif

#if !defined(__STDC_VERSION__) || __STDC_VERSION__ < 202311L
#define static_assert _Static_assert
#endif
