import { Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import classes from "./page.module.css";

const PRODUCT = "Tributary";

export interface PageProps {
  title: string;
  subtitle?: ReactNode;
  /** One primary action; further ones belong in a menu beside it. */
  action?: ReactNode;
  /** The line of filters. */
  filters?: ReactNode;
  children?: ReactNode;
}

/** A page: title and one action, a line of filters, then the thing itself. Names the browser's tab. */
export function Page({ title, subtitle, action, filters, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · ${PRODUCT}`;
  }, [title]);
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <div className={classes.words}>
          <h1 className={classes.title}>{title}</h1>
          {subtitle ? (
            <Text c="dimmed" component="div">
              {subtitle}
            </Text>
          ) : null}
        </div>
        {action ? <div className={classes.actions}>{action}</div> : null}
      </header>
      {filters}
      {children}
    </div>
  );
}

export interface SectionProps {
  title: string;
  hint?: ReactNode;
  action?: ReactNode;
  children?: ReactNode;
}

/** A part of a page under a heading of its own. */
export function Section({ title, hint, action, children }: SectionProps) {
  return (
    <Stack component="section" gap="sm">
      <div className={classes.head}>
        <div className={classes.words}>
          <Title order={2}>{title}</Title>
          {hint ? (
            <Text c="dimmed" size="sm" component="div">
              {hint}
            </Text>
          ) : null}
        </div>
        {action ? <div className={classes.actions}>{action}</div> : null}
      </div>
      {children}
    </Stack>
  );
}

export { PageSkeleton, SkeletonBlock, SkeletonLines } from "./Skeletons";
export { EmptyState, ErrorState, NothingFound } from "./States";
export { Change, Tile, type TileProps } from "./Tile";
