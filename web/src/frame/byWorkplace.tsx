import { type FunctionComponent, type LazyExoticComponent, lazy } from "react";
import { useMe, type Workplace, workplaceOf } from "~/domain/person";
import { MissingPage } from "./MissingPage";

export type PageLoader = () => Promise<{ default: FunctionComponent }>;

/** The page of whoever is signed in; one that has none at this address is told that nothing is here. */
export function byWorkplace(pages: Partial<Record<Workplace, PageLoader>>): FunctionComponent {
  const components = Object.fromEntries(
    Object.entries(pages).flatMap(([workplace, load]) => (load ? [[workplace, lazy(load)]] : [])),
  ) as Partial<Record<Workplace, LazyExoticComponent<FunctionComponent>>>;
  // biome-ignore lint/correctness/noComponentHookFactories: called once a route, while the module loads
  return function PageByWorkplace() {
    const Page = components[workplaceOf(useMe().role)] ?? MissingPage;
    return <Page />;
  };
}
