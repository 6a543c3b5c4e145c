// The models that the simulated Gemini knows, and the JSON in which the API lists them.

export interface Model {
  name: string;
  /** The model that answers: an alias such as `gemini-flash-latest` is answered by the newest of its line. */
  answers: string;
  displayName: string;
  inputTokenLimit: number;
  outputTokenLimit: number;
  methods: string[];
}

const generation = ['generateContent', 'countTokens', 'createCachedContent', 'batchGenerateContent'];

function text(name: string, displayName: string, answers = name): Model {
  return { name, answers, displayName, inputTokenLimit: 1_048_576, outputTokenLimit: 65_536, methods: generation };
}

const models: Model[] = [
  text('gemini-2.5-flash', 'Gemini 2.5 Flash'),
  text('gemini-2.5-pro', 'Gemini 2.5 Pro'),
  text('gemini-3.1-pro-preview', 'Gemini 3.1 Pro Preview'),
  text('gemini-3.5-flash', 'Gemini 3.5 Flash'),
  text('gemini-flash-latest', 'Gemini Flash Latest', 'gemini-3.5-flash'),
  text('gemini-pro-latest', 'Gemini Pro Latest', 'gemini-3.1-pro-preview'),
  {
    name: 'gemini-embedding-001',
    answers: 'gemini-embedding-001',
    displayName: 'Gemini Embedding 001',
    inputTokenLimit: 2048,
    outputTokenLimit: 1,
    methods: ['embedContent', 'countTextTokens', 'countTokens', 'asyncBatchEmbedContent'],
  },
];

/** streamGenerateContent and batchEmbedContents are listed under the name of their plain forms. */
const listedAs: Record<string, string> = {
  streamGenerateContent: 'generateContent',
  batchEmbedContents: 'embedContent',
};

export function findModel(name: string): Model | undefined {
  return models.find((model) => model.name === name);
}

export function supports(model: Model, method: string): boolean {
  return model.methods.includes(listedAs[method] ?? method);
}

export function modelResource(model: Model) {
  const version = model.name.match(/\d[\d.]*/)?.[0] ?? '001';
  const generates = model.methods.includes('generateContent');
  return {
    name: `models/${model.name}`,
    version,
    displayName: model.displayName,
    description: `Simulated ${model.displayName}: its replies are scripted.`,
    inputTokenLimit: model.inputTokenLimit,
    outputTokenLimit: model.outputTokenLimit,
    supportedGenerationMethods: model.methods,
    ...(generates ? { temperature: 1, topP: 0.95, topK: 64, maxTemperature: 2, thinking: true } : {}),
  };
}

export function modelPage(pageSize: number, pageToken: string | undefined) {
  const start = pageToken === undefined ? 0 : models.findIndex((model) => model.name === pageToken);
  if (start < 0) return undefined;
  const next = models[start + pageSize];
  return {
    models: models.slice(start, start + pageSize).map(modelResource),
    ...(next ? { nextPageToken: next.name } : {}),
  };
}
