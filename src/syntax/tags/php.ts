// What an outline of PHP is made of, as a tree-sitter query.
export const php = `
(function_definition name: (_) @name body: (_) @body) @function
(method_declaration name: (_) @name body: (_)? @body) @method
(class_declaration name: (_) @name body: (_) @body) @class
(trait_declaration name: (_) @name body: (_) @body) @class
(interface_declaration name: (_) @name body: (_) @body) @type
(enum_declaration name: (_) @name body: (_) @body) @type
(const_declaration (const_element . (name) @name)) @constant

(namespace_definition) @import
(namespace_use_declaration) @import
(namespace_use_clause [(qualified_name) (name)] @specifier)

(function_call_expression function: (_) @callee
  arguments: (arguments . (argument (_) @title) (argument [(anonymous_function) (arrow_function)]))) @call
(function_call_expression function: (_) @callee
  arguments: (arguments . (argument [(anonymous_function) (arrow_function)]))) @call
(comment) @comment
(attribute_list) @attached
`;
