// A well-formed generateContent request → what the real API would still refuse about it, in its words; undefined when nothing.
import type { Model } from './models.ts';
import type { Content, GenerateContentRequest } from './request.ts';

export function requestSense(request: GenerateContentRequest, model: Model): string | undefined {
  const { thinkingLevel } = request.generationConfig?.thinkingConfig ?? {};
  return (
    contentsSense(request.contents ?? []) ??
    configSense(request.generationConfig) ??
    (thinkingLevel === undefined ? undefined : thinkingSense(thinkingLevel.toLowerCase(), model))
  );
}

/** Which levels a model takes: https://ai.google.dev/gemini-api/docs/thinking. */
function thinkingSense(level: string, { answers }: Model): string | undefined {
  if (answers.startsWith('gemini-2')) return 'Thinking level is not supported for this model.';
  const lacks = level === 'minimal' && answers.includes('-pro');
  return lacks ? 'Thinking level MINIMAL is not supported for this model.' : undefined;
}

function contentsSense(contents: Content[]): string | undefined {
  if (contents.length === 0) return '* GenerateContentRequest.contents: contents is not specified\n';
  for (const [index, { role, parts }] of contents.entries()) {
    const place = `* GenerateContentRequest.contents[${index}]`;
    if (role !== undefined && !['user', 'model', 'function', 'tool'].includes(role))
      return 'Please use a valid role: user, model.';
    if (parts === undefined || parts.length === 0) return `${place}.parts: contents.parts must not be empty.\n`;
    for (const [at, part] of parts.entries())
      if (Object.keys(part).every((key) => ['thought', 'thoughtSignature', 'partMetadata'].includes(key)))
        return `${place}.parts[${at}].data: required oneof field 'data' must have one initialized field\n`;
  }
  return undefined;
}

type GenerationConfig = NonNullable<GenerateContentRequest['generationConfig']>;

function configSense(config: GenerationConfig | undefined): string | undefined {
  if (config === undefined) return undefined;
  const field = (name: string) => `* GenerateContentRequest.generation_config.${name}:`;
  const { temperature, topP, maxOutputTokens, candidateCount, thinkingConfig, stopSequences } = config;
  if (temperature !== undefined && (temperature < 0 || temperature > 2))
    return `${field('temperature')} temperature must be in the range [0.0, 2.0].\n`;
  if (topP !== undefined && (topP < 0 || topP > 1)) return `${field('top_p')} top_p must be in the range [0.0, 1.0].\n`;
  if (maxOutputTokens !== undefined && maxOutputTokens < 1)
    return `${field('max_output_tokens')} max_output_tokens must be positive.\n`;
  if (candidateCount !== undefined && candidateCount !== 1)
    return `${field('candidate_count')} Only one candidate can be specified in this model.\n`;
  if ((stopSequences?.length ?? 0) > 5)
    return `${field('stop_sequences')} at most 5 stop sequences can be specified.\n`;
  if (thinkingConfig?.thinkingBudget !== undefined && thinkingConfig.thinkingLevel !== undefined)
    return 'You can only set only one of thinking budget and thinking level.';
  return formatSense(config, field);
}

function formatSense(config: GenerationConfig, field: (name: string) => string): string | undefined {
  const { responseMimeType, responseSchema, responseJsonSchema } = config;
  const known = ['', 'text/plain', 'application/json', 'text/x.enum'];
  if (responseMimeType !== undefined && !known.includes(responseMimeType))
    return `${field('response_mime_type')} allowed mimetypes are \`text/plain\`, \`application/json\`, \`application/xml\`, \`application/yaml\` and \`text/x.enum\`.\n`;
  if (responseSchema !== undefined && responseJsonSchema !== undefined)
    return `${field('response_json_schema')} only one of response_schema and response_json_schema can be set.\n`;
  const structured = responseMimeType === 'application/json' || responseMimeType === 'text/x.enum';
  if ((responseSchema !== undefined || responseJsonSchema !== undefined) && !structured)
    return `${field('response_schema')} only allowed when response_mime_type is set to application/json or text/x.enum.\n`;
  return undefined;
}
