// What an outline of Java is made of, as a tree-sitter query.
export const java = `
(class_declaration name: (_) @name body: (_) @body) @class
(record_declaration name: (_) @name body: (_) @body) @class
(interface_declaration name: (_) @name body: (_) @body) @type
(annotation_type_declaration name: (_) @name body: (_) @body) @type
(enum_declaration name: (_) @name body: (_) @body) @type
(method_declaration name: (_) @name body: (_)? @body) @method
(constructor_declaration name: (_) @name body: (_) @body) @method
(compact_constructor_declaration name: (_) @name body: (_) @body) @method
(field_declaration (modifiers "static") declarator: (variable_declarator name: (_) @name)) @constant

(package_declaration) @import
(import_declaration) @import
(import_declaration (_) @specifier)

(line_comment) @comment
(block_comment) @comment
`;
