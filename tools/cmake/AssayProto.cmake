# assay_proto_library(NAME n IMPORT_ROOT dir PROTOS a.proto ... [GRPC_PROTOS b.proto ...] DEPS ...)
# Generates C++ into <build>/proto and compiles it without our warnings. GRPC_PROTOS get
# service stubs (with mocks) as well. Paths are relative to IMPORT_ROOT.
set(ASSAY_PROTO_OUT ${CMAKE_BINARY_DIR}/proto_gen)

function(assay_proto_library)
  cmake_parse_arguments(ARG "" "NAME;IMPORT_ROOT" "PROTOS;GRPC_PROTOS;DEPS" ${ARGN})
  file(MAKE_DIRECTORY ${ASSAY_PROTO_OUT})
  set(sources)
  # Every proto of the library: an import inside it changes what its neighbours generate.
  list(TRANSFORM ARG_PROTOS PREPEND ${ARG_IMPORT_ROOT}/ OUTPUT_VARIABLE depends)
  list(TRANSFORM ARG_GRPC_PROTOS PREPEND ${ARG_IMPORT_ROOT}/ OUTPUT_VARIABLE grpc_depends)
  list(APPEND depends ${grpc_depends})
  foreach(proto IN LISTS ARG_PROTOS ARG_GRPC_PROTOS)
    string(REGEX REPLACE "\\.proto$" "" stem ${proto})
    set(outputs ${ASSAY_PROTO_OUT}/${stem}.pb.cc ${ASSAY_PROTO_OUT}/${stem}.pb.h)
    set(plugin_args)
    if(proto IN_LIST ARG_GRPC_PROTOS)
      list(APPEND outputs ${ASSAY_PROTO_OUT}/${stem}.grpc.pb.cc ${ASSAY_PROTO_OUT}/${stem}.grpc.pb.h)
      set(plugin_args --grpc_out=${ASSAY_PROTO_OUT}
          --plugin=protoc-gen-grpc=${ASSAY_GRPC_CPP_PLUGIN})
    endif()
    add_custom_command(
      OUTPUT ${outputs}
      COMMAND protobuf::protoc -I${ARG_IMPORT_ROOT} -I${CMAKE_SOURCE_DIR}/proto
              -I${ASSAY_GOOGLEAPIS_DIR} --cpp_out=${ASSAY_PROTO_OUT} ${plugin_args} ${proto}
      DEPENDS ${depends}
      COMMENT "protoc ${proto}"
      VERBATIM)
    list(APPEND sources ${outputs})
  endforeach()
  add_library(assay_${ARG_NAME} STATIC ${sources})
  target_include_directories(assay_${ARG_NAME} SYSTEM PUBLIC ${ASSAY_PROTO_OUT})
  target_link_libraries(assay_${ARG_NAME} PUBLIC protobuf::libprotobuf ${ARG_DEPS})
  if(ARG_GRPC_PROTOS)
    target_link_libraries(assay_${ARG_NAME} PUBLIC gRPC::grpc++)
  endif()
  add_library(assay::${ARG_NAME} ALIAS assay_${ARG_NAME})
endfunction()
