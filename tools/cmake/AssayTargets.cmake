# One function per kind of target. Names are folder paths joined by '_'; the alias
# assay::<name> is what other folders link.

include(GoogleTest)

# assay_library(NAME n SOURCES ... HEADERS ... DEPS ...)
# DEPS are public: a header of ours usually shows the types of what it uses.
function(assay_library)
  cmake_parse_arguments(ARG "" "NAME" "SOURCES;HEADERS;DEPS" ${ARGN})
  if(ARG_SOURCES)
    add_library(assay_${ARG_NAME} STATIC ${ARG_SOURCES} ${ARG_HEADERS})
    target_include_directories(assay_${ARG_NAME} PUBLIC ${CMAKE_SOURCE_DIR})
    target_link_libraries(assay_${ARG_NAME} PUBLIC ${ARG_DEPS} PRIVATE assay_warnings)
  else()
    add_library(assay_${ARG_NAME} INTERFACE ${ARG_HEADERS})
    target_include_directories(assay_${ARG_NAME} INTERFACE ${CMAKE_SOURCE_DIR})
    target_link_libraries(assay_${ARG_NAME} INTERFACE ${ARG_DEPS})
  endif()
  add_library(assay::${ARG_NAME} ALIAS assay_${ARG_NAME})
endfunction()

# assay_executable(NAME n SOURCES ... DEPS ... [OUTPUT file-name])
# Binaries land in <build>/bin.
function(assay_executable)
  cmake_parse_arguments(ARG "" "NAME;OUTPUT" "SOURCES;DEPS" ${ARGN})
  add_executable(assay_${ARG_NAME} ${ARG_SOURCES})
  target_include_directories(assay_${ARG_NAME} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(assay_${ARG_NAME} PRIVATE ${ARG_DEPS} assay_warnings)
  set_target_properties(assay_${ARG_NAME} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
  if(ARG_OUTPUT)
    set_target_properties(assay_${ARG_NAME} PROPERTIES OUTPUT_NAME ${ARG_OUTPUT})
  endif()
endfunction()

# assay_test(NAME n SOURCES ... DEPS ... [LABELS ...] [DATA_DIR dir] [TIMEOUT seconds])
# Each TEST becomes one ctest case. DATA_DIR is handed to the test as ASSAY_TEST_DATA.
function(assay_test)
  cmake_parse_arguments(ARG "" "NAME;DATA_DIR;TIMEOUT" "SOURCES;DEPS;LABELS" ${ARGN})
  add_executable(assay_${ARG_NAME} ${ARG_SOURCES})
  target_include_directories(assay_${ARG_NAME} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(assay_${ARG_NAME} PRIVATE
    ${ARG_DEPS} GTest::gmock GTest::gtest GTest::gtest_main assay_warnings)
  if(ARG_DATA_DIR)
    target_compile_definitions(assay_${ARG_NAME} PRIVATE ASSAY_TEST_DATA="${ARG_DATA_DIR}")
  endif()
  set(timeout 120)
  if(ARG_TIMEOUT)
    set(timeout ${ARG_TIMEOUT})
  endif()
  set(labels unit)
  if(ARG_LABELS)
    set(labels ${ARG_LABELS})
  endif()
  gtest_discover_tests(assay_${ARG_NAME}
    TEST_PREFIX "${ARG_NAME}:" NO_PRETTY_VALUES NO_PRETTY_TYPES
    DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT ${timeout} LABELS "${labels}")
endfunction()
