// What an outline of C and C++ is made of, as a tree-sitter query.
export const cpp = `
(function_definition declarator: (function_declarator declarator: (_) @name parameters: (_) @title) body: (_)? @body) @function
(function_definition declarator: (_ (function_declarator declarator: (_) @name)) body: (_)? @body) @function
(function_definition declarator: (_ (_ (function_declarator declarator: (_) @name))) body: (_)? @body) @function
(class_specifier name: (_) @name body: (_) @body) @class
(struct_specifier name: (_) @name body: (_) @body) @class
(union_specifier name: (_) @name body: (_) @body) @type
(enum_specifier name: (_) @name body: (_) @body) @type
(namespace_definition name: (_) @name body: (_) @body) @module
(type_definition declarator: (type_identifier) @name) @type
(alias_declaration name: (_) @name) @type
(preproc_def name: (_) @name) @constant
(preproc_function_def name: (_) @name) @function

(preproc_include) @import
(preproc_include path: (_) @specifier)
(using_declaration) @import

(template_declaration (template_parameter_list) @attached)
(comment) @comment
`;
