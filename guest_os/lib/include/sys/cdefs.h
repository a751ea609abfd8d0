#pragma once
// For headers that C++ could read, too.
#define __BEGIN_DECLS
#define __END_DECLS
#define __THROW
