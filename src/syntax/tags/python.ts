// What an outline of Python is made of, as a tree-sitter query.
export const python = `
(function_definition name: (_) @name body: (_) @body) @function
(class_definition name: (_) @name body: (_) @body) @class
(module (expression_statement (assignment left: (identifier) @name) @constant))
(type_alias_statement left: (_) @name) @type

(import_statement) @import
(import_from_statement) @import
(future_import_statement) @import
(import_statement name: [(dotted_name) @specifier (aliased_import name: (_) @specifier)])
(import_from_statement module_name: (_) @specifier)

(decorator) @attached
(comment) @comment
`;
