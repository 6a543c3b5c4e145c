// The requests of the Gemini API that the simulator answers, field by field as ai.google.dev/api describes them.
import { z } from 'zod';
import { apiPackage, message, repeated } from './proto.ts';

const text = z.string({ error: 'TYPE_STRING' });
const bool = z.boolean({ error: 'TYPE_BOOL' });
const float = z.number({ error: 'TYPE_FLOAT' });
const int32 = z.int32({ error: 'TYPE_INT32' });
const enumeration = (name: string, values: readonly [string, ...string[]]) =>
  z.enum(values, { error: `${apiPackage}${name}` });
const anyJson = z.unknown().optional();
const struct = z.record(z.string(), z.unknown(), { error: 'type.googleapis.com/google.protobuf.Struct' });

const part = message('Part', {
  text: text.optional(),
  inlineData: message('Blob', {
    mimeType: text.optional(),
    data: text.optional(),
    displayName: text.optional(),
  }).optional(),
  fileData: message('FileData', { mimeType: text.optional(), fileUri: text, displayName: text.optional() }).optional(),
  functionCall: message('FunctionCall', { id: text.optional(), name: text, args: struct.optional() }).optional(),
  functionResponse: message('FunctionResponse', {
    id: text.optional(),
    name: text,
    response: struct.optional(),
    parts: repeated(z.unknown()).optional(),
    willContinue: bool.optional(),
    scheduling: text.optional(),
  }).optional(),
  executableCode: struct.optional(),
  codeExecutionResult: struct.optional(),
  videoMetadata: struct.optional(),
  partMetadata: struct.optional(),
  mediaResolution: struct.optional(),
  thought: bool.optional(),
  thoughtSignature: text.optional(),
});

const content = message('Content', { role: text.optional(), parts: repeated(part).optional() });

const schema: z.ZodType<unknown> = z.lazy(() =>
  message('Schema', {
    type: text.optional(),
    format: text.optional(),
    title: text.optional(),
    description: text.optional(),
    nullable: bool.optional(),
    enum: repeated(text).optional(),
    items: schema.optional(),
    properties: z.record(z.string(), schema).optional(),
    required: repeated(text).optional(),
    anyOf: repeated(schema).optional(),
    propertyOrdering: repeated(text).optional(),
    minItems: z.union([text, int32]).optional(),
    maxItems: z.union([text, int32]).optional(),
    minProperties: z.union([text, int32]).optional(),
    maxProperties: z.union([text, int32]).optional(),
    minLength: z.union([text, int32]).optional(),
    maxLength: z.union([text, int32]).optional(),
    minimum: float.optional(),
    maximum: float.optional(),
    pattern: text.optional(),
    default: anyJson,
    example: anyJson,
  }),
);

const generationConfig = message('GenerationConfig', {
  candidateCount: int32.optional(),
  stopSequences: repeated(text).optional(),
  maxOutputTokens: int32.optional(),
  temperature: float.optional(),
  topP: float.optional(),
  topK: float.optional(),
  seed: int32.optional(),
  presencePenalty: float.optional(),
  frequencyPenalty: float.optional(),
  responseMimeType: text.optional(),
  responseSchema: schema.optional(),
  responseJsonSchema: anyJson,
  responseLogprobs: bool.optional(),
  logprobs: int32.optional(),
  enableEnhancedCivicAnswers: bool.optional(),
  responseModalities: repeated(text).optional(),
  speechConfig: struct.optional(),
  imageConfig: struct.optional(),
  mediaResolution: text.optional(),
  thinkingConfig: message('ThinkingConfig', {
    includeThoughts: bool.optional(),
    thinkingBudget: int32.optional(),
    thinkingLevel: enumeration('ThinkingConfig.ThinkingLevel', [
      'THINKING_LEVEL_UNSPECIFIED',
      ...['MINIMAL', 'LOW', 'MEDIUM', 'HIGH', 'minimal', 'low', 'medium', 'high'],
    ]).optional(),
  }).optional(),
});

const safetySetting = message('SafetySetting', {
  category: enumeration('HarmCategory', [
    'HARM_CATEGORY_UNSPECIFIED',
    'HARM_CATEGORY_HARASSMENT',
    'HARM_CATEGORY_HATE_SPEECH',
    'HARM_CATEGORY_SEXUALLY_EXPLICIT',
    'HARM_CATEGORY_DANGEROUS_CONTENT',
    'HARM_CATEGORY_CIVIC_INTEGRITY',
  ]),
  threshold: enumeration('SafetySetting.HarmBlockThreshold', [
    'HARM_BLOCK_THRESHOLD_UNSPECIFIED',
    'BLOCK_LOW_AND_ABOVE',
    'BLOCK_MEDIUM_AND_ABOVE',
    'BLOCK_ONLY_HIGH',
    'BLOCK_NONE',
    'OFF',
  ]),
});

const generateContentRequest = message('GenerateContentRequest', {
  model: text.optional(),
  contents: repeated(content).optional(),
  systemInstruction: content.optional(),
  generationConfig: generationConfig.optional(),
  safetySettings: repeated(safetySetting).optional(),
  tools: repeated(struct).optional(),
  toolConfig: struct.optional(),
  cachedContent: text.optional(),
  serviceTier: text.optional(),
  store: bool.optional(),
});

const embedContentRequest = message('EmbedContentRequest', {
  model: text.optional(),
  content: content.optional(),
  taskType: enumeration('TaskType', [
    'TASK_TYPE_UNSPECIFIED',
    'RETRIEVAL_QUERY',
    'RETRIEVAL_DOCUMENT',
    'SEMANTIC_SIMILARITY',
    'CLASSIFICATION',
    'CLUSTERING',
    'QUESTION_ANSWERING',
    'FACT_VERIFICATION',
    'CODE_RETRIEVAL_QUERY',
  ]).optional(),
  title: text.optional(),
  outputDimensionality: int32.optional(),
});

export const requests = {
  generateContent: generateContentRequest,
  countTokens: message('CountTokensRequest', {
    model: text.optional(),
    contents: repeated(content).optional(),
    generateContentRequest: generateContentRequest.optional(),
  }),
  embedContent: embedContentRequest,
  batchEmbedContents: message('BatchEmbedContentsRequest', {
    model: text.optional(),
    requests: repeated(embedContentRequest).optional(),
  }),
};

export type Content = z.infer<typeof content>;
export type GenerateContentRequest = z.infer<typeof generateContentRequest>;
export type EmbedContentRequest = z.infer<typeof embedContentRequest>;
export type CountTokensRequest = z.infer<typeof requests.countTokens>;
export type BatchEmbedContentsRequest = z.infer<typeof requests.batchEmbedContents>;
