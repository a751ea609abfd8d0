# The programs that the guest's tests run, built once: for PeachOS each C file of programs/, calls/ and kernel/, and the
# folder hostile/; natively, as native/NAME, those of programs/ and course/.
set(PEACH_GUEST_TESTS ${CMAKE_BINARY_DIR}/tests/guest)
file(MAKE_DIRECTORY ${PEACH_GUEST_TESTS})
find_program(PEACH_NATIVE_CLANG NAMES clang-19 REQUIRED)

# peach_guest_test_program(NAME LEVEL SOURCE...): adds to guest_test_programs.
function(peach_guest_test_program name level)
  cmake_path(GET ARGV2 PARENT_PATH folder)
  file(GLOB headers CONFIGURE_DEPENDS ${folder}/*.h ${CMAKE_CURRENT_SOURCE_DIR}/guest/kernel/*.h)
  add_custom_command(
    OUTPUT ${PEACH_GUEST_TESTS}/${name}
    COMMAND peach-toolchain cc ${level} -o ${PEACH_GUEST_TESTS}/${name} ${ARGN}
    DEPENDS ${ARGN} ${headers} ${PEACH_GUEST_LIBRARY_STAMP} peach-toolchain
    COMMENT "Guest: building the test program ${name}"
    VERBATIM)
  set(guest_test_programs ${guest_test_programs} ${PEACH_GUEST_TESTS}/${name} PARENT_SCOPE)
endfunction()

foreach(folder_and_level programs:-O1 calls:-O1 kernel:-Og)
  string(REPLACE ":" ";" pair ${folder_and_level})
  list(GET pair 0 folder)
  list(GET pair 1 level)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/guest/${folder}/*.c)
  foreach(source ${sources})
    cmake_path(GET source STEM name)
    peach_guest_test_program(${name} ${level} ${source})
  endforeach()
endforeach()
file(MAKE_DIRECTORY ${PEACH_GUEST_TESTS}/native)
file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/guest/programs/*.c
     ${CMAKE_CURRENT_SOURCE_DIR}/guest/course/*.c)
foreach(source ${sources})
  cmake_path(GET source STEM name)
  add_custom_command(
    OUTPUT ${PEACH_GUEST_TESTS}/native/${name}
    COMMAND ${PEACH_NATIVE_CLANG} -w -D_GNU_SOURCE -O1 -fno-builtin -o ${PEACH_GUEST_TESTS}/native/${name} ${source} -lm
    DEPENDS ${source}
    VERBATIM)
  list(APPEND guest_test_programs ${PEACH_GUEST_TESTS}/native/${name})
endforeach()
file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/guest/hostile/*.c)
peach_guest_test_program(hostile -O1 ${sources})
add_custom_target(guest_test_programs DEPENDS ${guest_test_programs})
