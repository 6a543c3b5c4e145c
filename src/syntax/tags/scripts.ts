// What outlines of shell scripts and ini files are made of, as tree-sitter queries.
export const bash = `
(function_definition name: (_) @name body: (_) @body) @function
(comment) @comment
`;

export const powershell = `
(function_statement (function_name) @name (script_block) @body) @function
(class_statement . (simple_name) @name) @class
(comment) @comment
`;

export const ini = `
(section (section_name) @name) @module
(comment) @comment
`;
