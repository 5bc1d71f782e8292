import { useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** Of the mailed link that opened the page: out of sight, yet there after a reload. */
    linkToken?: string;
  }
}

/** The token of a mailed link, which travels behind the `#` so that no server and no log sees it. */
export function tokenIn(fragment: string): string | undefined {
  return new URLSearchParams(fragment.replace(/^#/, "")).get("token")?.trim() || undefined;
}

/** Reads the token and takes it out of the address bar, where a shoulder or a bookmark would find it. */
export function useFragmentToken(): string | undefined {
  const fragment = useLocation({ select: (location) => location.hash });
  const kept = useLocation({ select: (location) => location.state.linkToken });
  const navigate = useNavigate();
  const found = tokenIn(fragment);
  useEffect(() => {
    if (!found) return;
    const state = (before: object) => ({ ...before, linkToken: found });
    void navigate({ to: ".", search: (before: object) => before as never, hash: "", state, replace: true });
  }, [found, navigate]);
  return found ?? kept;
}
