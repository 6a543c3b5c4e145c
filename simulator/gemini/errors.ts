// What went wrong → the body in which Google's APIs report it: a google.rpc.Status with typed details.

export interface ErrorBody {
  error: { code: number; message: string; status: string; details?: Record<string, unknown>[] };
}

export interface FieldViolation {
  field?: string;
  description: string;
}

const detailType = (name: string) => `type.googleapis.com/google.rpc.${name}`;

function errorBody(code: number, status: string, message: string, details: Record<string, unknown>[] = []): ErrorBody {
  return { error: { code, message, status, ...(details.length > 0 ? { details } : {}) } };
}

export function missingKey(): ErrorBody {
  return errorBody(
    403,
    'PERMISSION_DENIED',
    "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
  );
}

export function invalidKey(): ErrorBody {
  const message = 'API key not valid. Please pass a valid API key.';
  return errorBody(400, 'INVALID_ARGUMENT', message, [
    {
      '@type': detailType('ErrorInfo'),
      reason: 'API_KEY_INVALID',
      domain: 'googleapis.com',
      metadata: { service: 'generativelanguage.googleapis.com' },
    },
    { '@type': detailType('LocalizedMessage'), locale: 'en-US', message },
  ]);
}

/** A request that does not fit the API's messages: every violation is listed, as the real API does. */
export function badPayload(violations: FieldViolation[]): ErrorBody {
  const message = violations.map((violation) => violation.description).join('\n');
  return errorBody(400, 'INVALID_ARGUMENT', message, [
    { '@type': detailType('BadRequest'), fieldViolations: violations },
  ]);
}

/** A request that fits the messages and still makes no sense. */
export function invalidArgument(message: string): ErrorBody {
  return errorBody(400, 'INVALID_ARGUMENT', message);
}

export function unknownModel(model: string, version: string, method: string): ErrorBody {
  return errorBody(
    404,
    'NOT_FOUND',
    `models/${model} is not found for API version ${version}, or is not supported for ${method}. Call ListModels to see the list of available models and their supported methods.`,
  );
}

export function noSuchModel(model: string, version: string): ErrorBody {
  return errorBody(404, 'NOT_FOUND', `Model is not found: models/${model} for api version ${version}`);
}

export function rateLimit(model: string, retryAfterMs: number): ErrorBody {
  const seconds = retryAfterMs / 1000;
  return errorBody(
    429,
    'RESOURCE_EXHAUSTED',
    `You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits.\n* Quota exceeded for metric: generativelanguage.googleapis.com/generate_content_free_tier_requests, limit: 10, model: ${model}\nPlease retry in ${seconds}s.`,
    [
      {
        '@type': detailType('Help'),
        links: [
          {
            description: 'Learn more about Gemini API quotas',
            url: 'https://ai.google.dev/gemini-api/docs/rate-limits',
          },
        ],
      },
      {
        '@type': detailType('QuotaFailure'),
        violations: [
          {
            quotaMetric: 'generativelanguage.googleapis.com/generate_content_free_tier_requests',
            quotaId: 'GenerateRequestsPerMinutePerProjectPerModel-FreeTier',
            quotaDimensions: { location: 'global', model },
            quotaValue: '10',
          },
        ],
      },
      { '@type': detailType('RetryInfo'), retryDelay: `${seconds}s` },
    ],
  );
}

export function unavailable(message = 'The model is overloaded. Please try again later.'): ErrorBody {
  return errorBody(503, 'UNAVAILABLE', message);
}

/** The script's author made a mistake: not the caller's fault, and never to be mistaken for the model's. */
export function scriptError(message: string): ErrorBody {
  return errorBody(500, 'INTERNAL', `Simulated Gemini: ${message}`);
}
