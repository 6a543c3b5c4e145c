// What goes wrong in a request → GitHub's error body.

export interface FieldError {
  resource: string;
  field?: string;
  code: 'missing' | 'missing_field' | 'invalid' | 'already_exists' | 'unprocessable' | 'custom';
  message?: string;
  value?: unknown;
}

export class ApiError extends Error {
  readonly status: number;
  readonly errors: readonly (FieldError | string)[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    detail: { errors?: readonly (FieldError | string)[]; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.status = status;
    this.errors = detail.errors ?? [];
    this.headers = detail.headers ?? {};
  }

  /** The answer's body; `status` is a string in it, as on GitHub. */
  body(): Record<string, unknown> {
    return {
      message: this.message,
      ...(this.errors.length > 0 ? { errors: this.errors } : {}),
      documentation_url: 'https://docs.github.com/rest',
      status: String(this.status),
    };
  }
}

export const notFound = (): ApiError => new ApiError(404, 'Not Found');
export const requiresAuthentication = (): ApiError => new ApiError(401, 'Requires authentication');
export const badCredentials = (): ApiError => new ApiError(401, 'Bad credentials');
export const unprocessable = (message: string): ApiError => new ApiError(422, message);
export const validationFailed = (...errors: FieldError[]): ApiError =>
  new ApiError(422, 'Validation Failed', { errors });
