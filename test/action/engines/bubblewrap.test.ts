// Bubblewrap on this machine: it holds in whatever is run in it.
import { sandboxBehaviour } from './sandbox-behaviour.ts';

sandboxBehaviour('bubblewrap');
