import type { QueryClient } from "@tanstack/react-query";
import { type FunctionComponent, type LazyExoticComponent, lazy } from "react";
import { Problem } from "~/api/problem";
import { meQuery, useMe, type Workplace, workplaceOf } from "~/domain/person";
import { MissingPage } from "./MissingPage";

export type PageLoader = () => Promise<{ default: FunctionComponent }>;
export type Pages = Partial<Record<Workplace, PageLoader>>;

function unloaded(): never {
  throw Problem.unloaded();
}

/** The page of whoever is signed in; one that has none at this address is told that nothing is here. */
export function byWorkplace(pages: Pages): FunctionComponent {
  const components = Object.fromEntries(
    Object.entries(pages).flatMap(([workplace, load]) =>
      load ? [[workplace, lazy(() => load().catch(unloaded))]] : [],
    ),
  ) as Partial<Record<Workplace, LazyExoticComponent<FunctionComponent>>>;
  // biome-ignore lint/correctness/noComponentHookFactories: called once a route, while the module loads
  return function PageByWorkplace() {
    const Page = components[workplaceOf(useMe().role)] ?? MissingPage;
    return <Page />;
  };
}

/** Fetches the page while the frame around it is still on its way, and while a link to it is only pointed at. */
export function fetchAhead(pages: Pages, queryClient: QueryClient): void {
  const me = queryClient.getQueryData(meQuery.queryKey);
  const load = me && pages[workplaceOf(me.role)];
  // A page that cannot be fetched says so where it should have stood.
  load?.().catch(() => undefined);
}
