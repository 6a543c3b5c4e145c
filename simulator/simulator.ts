// What a started simulator offers to the demo, the journeys and its own command line.
import type { GeminiControl } from './gemini/contract.ts';
import type { GitHubControl } from './github/contract.ts';

export interface HostedRepository {
  /** Any git repository (its commits are copied into a bare one), or a plain folder (it becomes the first commit). */
  directory: string;
  /** `owner/name`. */
  fullName: string;
  secrets?: Record<string, string>;
  variables?: Record<string, string>;
  private?: boolean;
}

export interface SimulatorOptions {
  /** 0: any free port. */
  port?: number;
  geminiPort?: number;
  repositories: HostedRepository[];
  /** Where the App listens for webhooks; may be told later with `github.setAppUrl`. */
  appUrl?: string;
  /** The App was installed long ago: it is not told of it when it first has an address, only of what is hosted later. */
  installedBefore?: boolean;
  /** The App's manifest (app.yml): its permissions and events. Without one: broad permissions, every event. */
  appManifest?: string;
  /** Folder of scripted replies (see gemini/contract.ts), or the address of a real or other Gemini. */
  geminiReplies?: string;
  geminiUpstream?: string;
  /** Folder that receives what the upstream answered, as scripted replies; `<dataDirectory>/gemini-replies` by default. */
  geminiRecordTo?: string;
  /** Where bare repositories, logs and artifacts are kept; a temporary folder that `close` removes by default. */
  dataDirectory?: string;
  /** `owner/name[/path]` of an action → folder that stands for it (this project's Action from its checkout). */
  localActions?: Record<string, string>;
}

export interface Simulator {
  /** For instance `http://localhost:4010`; the REST API is under `/api/v3`, GraphQL at `/api/graphql`, as on GitHub Enterprise Server. */
  url: string;
  github: GitHubControl;
  gemini: GeminiControl;
  /** What `npm start` needs to work against this simulator: APP_ID, PRIVATE_KEY, WEBHOOK_SECRET, GHE_HOST, GHE_PROTOCOL, GEMINI_API_KEY, GEMINI_BASE_URL… */
  env(): Record<string, string>;
  close(): Promise<void>;
}
