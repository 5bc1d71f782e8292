import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";

/** The part of a page's address after the question mark: short words, or lists of them. */
export type PageSearch = Record<string, string | string[] | number | boolean | undefined>;

export function readSearch(raw: Record<string, unknown>): PageSearch {
  return raw as PageSearch;
}

export function textOf(raw: PageSearch, name: string): string | undefined {
  const value = raw[name];
  return value === undefined || Array.isArray(value) || value === "" ? undefined : String(value);
}

export function listOf(raw: PageSearch, name: string): string[] {
  const value = raw[name];
  if (Array.isArray(value)) return value.map(String);
  return value === undefined || value === "" ? [] : [String(value)];
}

/**
 * A page's state that lives in its address (filters, tab, open drawer): what `read` makes of it, and a way to change
 * it. An undefined value drops out of the address.
 */
export function usePageState<State extends object>(
  read: (raw: PageSearch) => State,
): [State, (change: Partial<State>, options?: { push?: boolean }) => void] {
  const raw = useSearch({ strict: false }) as PageSearch;
  const navigate = useNavigate();
  const state = useMemo(() => read(raw), [read, raw]);
  const change = useCallback(
    (patch: Partial<State>, options?: { push?: boolean }) =>
      void navigate({
        to: ".",
        search: (before: PageSearch) => ({ ...before, ...patch }) as never,
        replace: !options?.push,
        resetScroll: false,
      }),
    [navigate],
  );
  return [state, change];
}
