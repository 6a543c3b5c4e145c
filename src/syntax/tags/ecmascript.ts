// What an outline of JavaScript, TypeScript and JSX is made of, as tree-sitter queries.

const shared = (className: string, field: string): string => `
(function_declaration name: (_) @name body: (_) @body) @function
(generator_function_declaration name: (_) @name body: (_) @body) @function
(class_declaration name: (_) @name body: (_) @body) @class
(method_definition name: (_) @name body: (_) @body) @method
(variable_declarator name: (identifier) @name
  value: [(arrow_function body: (_) @body) (function_expression body: (_) @body) (generator_function body: (_) @body)]) @function
(variable_declarator name: (identifier) @name value: (class body: (_) @body)) @class
(pair key: (_) @name value: [(arrow_function body: (_) @body) (function_expression body: (_) @body)]) @method
(assignment_expression left: (member_expression object: (_) @receiver property: (_) @name)
  right: [(arrow_function body: (_) @body) (function_expression body: (_) @body)]) @function
(${field} value: [(arrow_function body: (_) @body) (function_expression body: (_) @body)]) @method
(program [
  (lexical_declaration (variable_declarator name: (identifier) @name) @constant)
  (variable_declaration (variable_declarator name: (identifier) @name) @constant)
  (export_statement (lexical_declaration (variable_declarator name: (identifier) @name) @constant))])

(import_statement) @import
(import_statement source: (string) @specifier)
(export_statement source: (string) @specifier) @import
(program (_ (variable_declarator value: (call_expression
  function: (identifier) @require arguments: (arguments . (string) @specifier)))) @import (#eq? @require "require"))
(program (_ (variable_declarator value: (await_expression (call_expression
  function: (import) arguments: (arguments . (string) @specifier))))) @import)

(call_expression function: (_) @callee
  arguments: (arguments . (_) @title [(arrow_function) (function_expression)] @body)) @call
(call_expression function: (_) @callee arguments: (arguments . [(arrow_function) (function_expression)] @body)) @call

(comment) @comment
(decorator) @attached
${className}`;

export const javascript = shared('', 'field_definition property: (_) @name');

export const typescript = shared(
  `
(abstract_class_declaration name: (_) @name body: (_) @body) @class
(interface_declaration name: (_) @name body: (_) @body) @type
(type_alias_declaration name: (_) @name) @type
(enum_declaration name: (_) @name body: (_) @body) @type
(internal_module name: (_) @name body: (_) @body) @module
(module name: (_) @name body: (_) @body) @module
(function_signature name: (_) @name) @function
(abstract_method_signature name: (_) @name) @method
(import_require_clause source: (string) @specifier)
`,
  'public_field_definition name: (_) @name',
);
