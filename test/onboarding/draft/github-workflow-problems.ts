// The text of a workflow file → what GitHub's own parser and schema (`actions/languageservices`) say against it; nothing, if it is right.
import { readFileSync } from 'node:fs';
import { convertConcurrency } from '@actions/workflow-parser/model/converter/concurrency';
import { convertOn } from '@actions/workflow-parser/model/converter/events';
import { convertJobs } from '@actions/workflow-parser/model/converter/jobs';
import { JSONObjectReader } from '@actions/workflow-parser/templates/json-object-reader';
import { TemplateSchema } from '@actions/workflow-parser/templates/schema/index';
import { TemplateContext, TemplateValidationErrors } from '@actions/workflow-parser/templates/template-context';
import { readTemplate } from '@actions/workflow-parser/templates/template-reader';
import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/template-token';
import { NoOperationTraceWriter } from '@actions/workflow-parser/templates/trace-writer';
import { WORKFLOW_ROOT } from '@actions/workflow-parser/workflows/workflow-constants';
import { YamlObjectReader } from '@actions/workflow-parser/workflows/yaml-object-reader';

// The package's own `parseWorkflow` imports this file without an attribute, which Node refuses: so its parts are put together here.
const schemaFile = new URL(
  '../../../node_modules/@actions/workflow-parser/dist/workflow-v1.0.min.json',
  import.meta.url,
);
const schema = TemplateSchema.load(new JSONObjectReader(undefined, readFileSync(schemaFile, 'utf8')));

export function githubWorkflowProblems(text: string): string[] {
  const context = new TemplateContext(new TemplateValidationErrors(), schema, new NoOperationTraceWriter());
  const file = context.getFileId('workflow');
  const reader = new YamlObjectReader(file, text);
  if (reader.errors.length > 0) return reader.errors.map(({ message }) => message);
  const workflow = readTemplate(context, WORKFLOW_ROOT, reader, file);
  const problems = (): string[] => context.errors.getErrors().map(({ message }) => message);
  // What does not keep to the schema is not made sense of.
  if (workflow && problems().length === 0) convert(context, workflow);
  return problems();
}

/** Here it is found that jobs need each other in a circle, or that an event has both `paths` and `paths-ignore`. */
function convert(context: TemplateContext, workflow: TemplateToken): void {
  for (const { key, value } of workflow.assertMapping('workflow')) {
    const name = key.assertString('key of the workflow').value;
    if (name === 'on') convertOn(context, value);
    if (name === 'jobs') convertJobs(context, value);
    if (name === 'concurrency') convertConcurrency(context, value);
  }
}
