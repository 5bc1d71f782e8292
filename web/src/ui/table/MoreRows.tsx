import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import classes from "./table.module.css";

interface Props {
  loading: boolean;
  rowCount: number;
  onMore: () => void;
  /** What scrolls; the window when null. */
  scroller: HTMLElement | null;
}

/** The end of what is loaded: asks for more as it comes near, and has a button for those who do not scroll. */
export function MoreRows({ loading, rowCount, onMore, scroller }: Props) {
  const { t } = useTranslation("ui");
  const end = useRef<HTMLDivElement>(null);
  const latest = useRef(onMore);
  latest.current = onMore;

  // A new observer for each page: one that stays in sight would not report again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: rowCount renews the observer
  useEffect(() => {
    if (loading || !end.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && latest.current(), {
      root: scroller,
      rootMargin: "0px 0px 600px 0px",
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [loading, rowCount, scroller]);

  return (
    <div className={classes.more} ref={end}>
      <Button variant="subtle" color="gray" size="sm" loading={loading} onClick={onMore}>
        {t("table.more")}
      </Button>
    </div>
  );
}
