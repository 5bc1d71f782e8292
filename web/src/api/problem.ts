/** What is wrong with one field of a body; the path is dotted, such as `goals.0.payout`. */
export interface FieldProblem {
  field: string;
  message: string;
}

interface ProblemBody {
  code?: string;
  detail?: string;
  errors?: FieldProblem[];
  reference?: string;
}

/** Codes of problems that arise on this side of the wire. */
export const OFFLINE = "offline";
/** The code of a page did not come: no network, or a newer version of the program has other files. */
export const UNLOADED = "page_unloaded";
const UNREADABLE = "unreadable_answer";

/** A failed call of the API (RFC 9457), with the stable code of the refusal. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly errors: FieldProblem[] = [],
    readonly reference?: string,
  ) {
    super(`${code}: ${detail}`);
    this.name = "Problem";
  }

  static async from(response: Response): Promise<Problem> {
    const body = (await response.json().catch(() => ({}))) as ProblemBody;
    const code = body.code ?? (response.status >= 502 ? OFFLINE : UNREADABLE);
    return new Problem(
      response.status,
      code,
      body.detail ?? response.statusText,
      body.errors,
      body.reference,
    );
  }

  static offline(): Problem {
    return new Problem(0, OFFLINE, "");
  }

  static unloaded(): Problem {
    return new Problem(0, UNLOADED, "");
  }

  /** Any thrown value as a problem, so that a screen has one way to show failure. */
  static of(thrown: unknown): Problem {
    if (thrown instanceof Problem) return thrown;
    return new Problem(0, "screen_failed", thrown instanceof Error ? thrown.message : String(thrown));
  }

  /** The session ended, or there never was one. */
  get isSignedOut(): boolean {
    return this.status === 401 && this.code === "not_authenticated";
  }
}
