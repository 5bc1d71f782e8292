/** Which workspace the next requests speak of, and who is told when the session has ended. */

const WORKSPACE_KEY = "tributary.workspace";

type Listener = () => void;
const listeners = new Set<Listener>();

export function chosenWorkspace(): string | null {
  return localStorage.getItem(WORKSPACE_KEY);
}

export function chooseWorkspace(id: string | null): void {
  if (id) localStorage.setItem(WORKSPACE_KEY, id);
  else localStorage.removeItem(WORKSPACE_KEY);
}

export function onSessionEnded(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function sayTheSessionEnded(): void {
  for (const listener of listeners) listener();
}
