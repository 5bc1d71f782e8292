import { Tabs } from "@mantine/core";
import type { ReactNode } from "react";
import { textOf, usePageState } from "~/frame/search";
import classes from "./tabs.module.css";

export interface PageTab {
  id: string;
  label: ReactNode;
  content: () => ReactNode;
  /** Those who may not see it do not see its tab either. */
  hidden?: boolean;
}

/** Tabs of a workplace; the open one stands in the address. */
export function PageTabs({ tabs, label }: { tabs: readonly PageTab[]; label: string }) {
  const [{ tab }, change] = usePageState((raw) => ({ tab: textOf(raw, "tab"), open: textOf(raw, "open") }));
  const shown = tabs.filter(({ hidden }) => !hidden);
  const first = shown[0];
  const open = shown.find(({ id }) => id === tab) ?? first;
  if (!open) return null;
  return (
    <Tabs
      value={open.id}
      // A drawer belongs to its tab.
      onChange={(id) =>
        change({ tab: id && id !== first?.id ? id : undefined, open: undefined }, { push: true })
      }
      keepMounted={false}
    >
      <Tabs.List className={classes.list} aria-label={label}>
        {shown.map(({ id, label: words }) => (
          <Tabs.Tab key={id} value={id}>
            {words}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={open.id} className={classes.panel}>
        {open.content()}
      </Tabs.Panel>
    </Tabs>
  );
}
