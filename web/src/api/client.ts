import createFetchClient, { type Middleware } from "openapi-fetch";
import createQueryClient from "openapi-react-query";
import type { components, paths } from "./contract";
import { Problem } from "./problem";
import { chosenWorkspace, sayTheSessionEnded } from "./session";

/** Shapes of the API by their names in the contract. */
export type Schemas = components["schemas"];

/** Doors that answer 401 for a wrong password or code; there a 401 says nothing of a session. */
const SIGN_IN_DOORS = ["/v1/session", "/v1/me/totp", "/v1/me/password", "/v1/invitations/accept"];

const headers: Middleware = {
  onRequest({ request }) {
    const workspace = chosenWorkspace();
    if (workspace) request.headers.set("X-Tributary-Workspace", workspace);
    if (request.method === "GET") return request;
    request.headers.set("X-Tributary-CSRF", "1");
    if (request.method === "POST" && !request.headers.has("Idempotency-Key")) {
      request.headers.set("Idempotency-Key", crypto.randomUUID());
    }
    return request;
  },
};

const problems: Middleware = {
  async onResponse({ response, schemaPath }) {
    if (response.ok) return response;
    const problem = await Problem.from(response);
    if (problem.isSignedOut && !SIGN_IN_DOORS.includes(schemaPath)) sayTheSessionEnded();
    throw problem;
  },
  onError({ error }) {
    return error instanceof Problem ? error : Problem.offline();
  },
};

/** One call of the API; throws a {@link Problem} when it fails. */
export const client = createFetchClient<paths>({ baseUrl: window.location.origin });
client.use(headers, problems);

/** The API as queries and mutations. */
export const api = createQueryClient(client);
