// What an outline of Rust is made of, as a tree-sitter query.
export const rust = `
(function_item name: (_) @name body: (_) @body) @function
(function_signature_item name: (_) @name) @function
(struct_item name: (_) @name body: (_)? @body) @type
(enum_item name: (_) @name body: (_)? @body) @type
(union_item name: (_) @name body: (_)? @body) @type
(type_item name: (_) @name) @type
(trait_item name: (_) @name body: (_) @body) @class
(impl_item type: (_) @name body: (_)? @body) @class
(mod_item name: (_) @name body: (_) @body) @module
(const_item name: (_) @name) @constant
(static_item name: (_) @name) @constant
(macro_definition name: (_) @name) @function

(use_declaration) @import
(use_declaration argument: (_) @specifier)
(extern_crate_declaration) @import

(attribute_item) @attached
(line_comment) @comment
(block_comment) @comment
`;
