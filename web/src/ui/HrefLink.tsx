import { useRouter } from "@tanstack/react-router";
import { type AnchorHTMLAttributes, type MouseEvent, useCallback } from "react";

interface Props extends AnchorHTMLAttributes<HTMLAnchorElement> {
  href: string;
}

/** Clicks that the browser must keep: new tab, new window, download. */
export function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

/** Goes to an address of ours that is only known as text, without loading the page anew. */
export function useGo(): (href: string) => void {
  const router = useRouter({ warn: false });
  return useCallback((href) => (router ? router.history.push(href) : window.location.assign(href)), [router]);
}

/** A link to an address known as text (rows, bars, tiles). Where the route is known in code, use the router's `Link`. */
export function HrefLink({ href, onClick, children, ...rest }: Props) {
  const go = useGo();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || !isPlainClick(event) || !href.startsWith("/")) return;
    event.preventDefault();
    go(href);
  };
  return (
    <a href={href} onClick={follow} {...rest}>
      {children}
    </a>
  );
}
