// What an outline of Ruby is made of, as a tree-sitter query.
export const ruby = `
(method name: (_) @name body: (_)? @body) @function
(singleton_method name: (_) @name body: (_)? @body) @function
(class name: (_) @name body: (_)? @body) @class
(module name: (_) @name body: (_)? @body) @module
(assignment left: (constant) @name) @constant
(call method: (identifier) @define arguments: (argument_list . (simple_symbol) @name) block: (_) @body
  (#any-of? @define "let" "let!" "subject" "subject!" "define_method" "factory" "shared_examples" "shared_context")) @function

(call method: (identifier) @require arguments: (argument_list . (string) @specifier)
  (#any-of? @require "require" "require_relative" "load")) @import

(call method: (_) @callee arguments: (argument_list . (_) @title)? block: (_) @body) @call
(comment) @comment
`;
