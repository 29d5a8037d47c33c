# embed_texts(TARGET SYMBOL FOLDER GLOB...): puts the text files FOLDER/GLOB into TARGET as
#   namespace leadmail { extern const std::map<std::string_view, std::string_view> SYMBOL; }   name relative to FOLDER -> content
# made anew whenever one of them changes.
function(embed_texts target symbol folder)
  list(TRANSFORM ARGN PREPEND ${CMAKE_SOURCE_DIR}/${folder}/ OUTPUT_VARIABLE globs)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/${folder} ${globs})
  set(entries "")
  foreach(file ${files})
    set_property(DIRECTORY ${CMAKE_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/${file})
    file(READ ${CMAKE_SOURCE_DIR}/${folder}/${file} content)
    string(APPEND entries "    {\"${file}\", R\"embedded(${content})embedded\"},\n")
  endforeach()
  set(source ${CMAKE_BINARY_DIR}/embedded/${symbol}.cc)
  file(CONFIGURE OUTPUT ${source} CONTENT "#include <map>
#include <string_view>

namespace leadmail {
extern const std::map<std::string_view, std::string_view> ${symbol};
const std::map<std::string_view, std::string_view> ${symbol}{
${entries}};
}  // namespace leadmail
" @ONLY)
  target_sources(${target} PRIVATE ${source})
endfunction()
