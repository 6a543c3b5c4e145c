// What an outline of C# is made of, as a tree-sitter query.
export const cSharp = `
(class_declaration name: (_) @name body: (_)? @body) @class
(struct_declaration name: (_) @name body: (_)? @body) @class
(record_declaration name: (_) @name body: (_)? @body) @class
(interface_declaration name: (_) @name body: (_)? @body) @type
(enum_declaration name: (_) @name body: (_)? @body) @type
(delegate_declaration name: (_) @name) @type
(method_declaration name: (_) @name body: (_)? @body) @method
(constructor_declaration name: (_) @name body: (_)? @body) @method
(local_function_statement name: (_) @name body: (_)? @body) @function
(property_declaration name: (_) @name accessors: (accessor_list) @body) @method
(namespace_declaration name: (_) @name body: (_) @body) @module

(using_directive) @import
(using_directive [(qualified_name) (identifier)] @specifier)
(file_scoped_namespace_declaration) @import

(comment) @comment
(attribute_list) @attached
`;
