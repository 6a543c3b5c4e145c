// What an outline of Go is made of, as a tree-sitter query.
export const go = `
(function_declaration name: (_) @name body: (_)? @body) @function
(method_declaration receiver: (parameter_list (parameter_declaration type: (_) @receiver)) name: (_) @name body: (_)? @body) @method
(type_spec name: (_) @name type: [(struct_type (field_declaration_list) @body) (interface_type) (_)]) @type
(type_alias name: (_) @name) @type
(source_file (const_declaration (const_spec name: (_) @name) @constant))
(source_file (var_declaration (var_spec name: (_) @name) @constant))
(source_file (var_declaration (var_spec_list (var_spec name: (_) @name) @constant)))

(import_declaration) @import
(import_spec path: (_) @specifier)

(call_expression function: (selector_expression) @callee arguments: (argument_list . (_) @title (func_literal) @body)) @call
(comment) @comment
`;
