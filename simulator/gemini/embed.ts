// An embedding or token-counting request → its outcome.
import { embedding } from './embedding.ts';
import { invalidArgument } from './errors.ts';
import type { Outcome } from './outcome.ts';
import { contentText, promptText } from './prompt-text.ts';
import type { BatchEmbedContentsRequest, CountTokensRequest, EmbedContentRequest } from './request.ts';
import { countTokens } from './tokens.ts';

const answeredBy = 'embedding';
const maxBatch = 100;
const maxDimensions = 3072;

function refused(message: string): Outcome {
  return { kind: 'error', error: invalidArgument(message), answeredBy: 'refused' };
}

function embedSense(request: EmbedContentRequest, name: string): string | undefined {
  if (contentText(request.content) === '') return `* ${name}.content: contents is not specified\n`;
  const dimensions = request.outputDimensionality;
  if (dimensions !== undefined && (dimensions < 1 || dimensions > maxDimensions))
    return `* ${name}.output_dimensionality: must be between 1 and ${maxDimensions}\n`;
  return undefined;
}

const embed = (request: EmbedContentRequest) => ({
  values: embedding(contentText(request.content), request.outputDimensionality),
});

export function embedContent(request: EmbedContentRequest): Outcome {
  const problem = embedSense(request, 'EmbedContentRequest');
  return problem === undefined ? { kind: 'json', body: { embedding: embed(request) }, answeredBy } : refused(problem);
}

export function batchEmbedContents({ requests = [] }: BatchEmbedContentsRequest): Outcome {
  if (requests.length === 0) return refused('* BatchEmbedContentsRequest.requests: requests is not specified\n');
  if (requests.length > maxBatch)
    return refused(`* BatchEmbedContentsRequest.requests: at most ${maxBatch} requests can be in one batch\n`);
  for (const [index, request] of requests.entries()) {
    const name = `BatchEmbedContentsRequest.requests[${index}]`;
    if (request.model === undefined) return refused(`* ${name}.model: unexpected model name format\n`);
    const problem = embedSense(request, name);
    if (problem !== undefined) return refused(problem);
  }
  return { kind: 'json', body: { embeddings: requests.map(embed) }, answeredBy };
}

export function tokenCount(request: CountTokensRequest): Outcome {
  const counted = request.generateContentRequest ?? { contents: request.contents };
  if ((counted.contents ?? []).length === 0)
    return refused('* CountTokensRequest.contents: contents is not specified\n');
  const totalTokens = countTokens(promptText(counted));
  const body = { totalTokens, promptTokensDetails: [{ modality: 'TEXT', tokenCount: totalTokens }] };
  return { kind: 'json', body, answeredBy: 'tokens' };
}
