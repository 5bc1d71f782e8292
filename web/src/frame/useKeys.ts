import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { Workplace } from "~/domain/person";
import { NAVIGATION } from "./navigation";

const SECOND_KEY_WITHIN_MS = 1200;

interface Keys {
  workplace: Workplace;
  openPalette: () => void;
  openHelp: () => void;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}

/** Keys that work on every page: Ctrl-K and `/` search, `g` and a letter go, `?` shows them all. */
export function useKeys({ workplace, openPalette, openHelp }: Keys): void {
  const navigate = useNavigate();
  const goPressedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const go = (event: KeyboardEvent) => {
      const entry = NAVIGATION[workplace].flat().find(({ key }) => key === event.key);
      if (!entry) return;
      event.preventDefault();
      void navigate({ to: entry.to });
    };
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        return openPalette();
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector('[role="dialog"]')) return;
      if (event.timeStamp - goPressedAt.current < SECOND_KEY_WITHIN_MS) go(event);
      goPressedAt.current = event.key === "g" ? event.timeStamp : Number.NEGATIVE_INFINITY;
      if (event.key === "/") {
        event.preventDefault();
        openPalette();
      }
      if (event.key === "?") openHelp();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [navigate, openPalette, openHelp, workplace]);
}
