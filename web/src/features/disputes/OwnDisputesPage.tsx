import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { Page } from "~/ui/Page";
import { DisputeDrawer } from "./DisputeDrawer";
import { DisputeTable } from "./DisputeTable";
import { termsQuery } from "./model";
import { OpenDrawer } from "./OpenDrawer";

function readState(raw: PageSearch) {
  /** What is open beside: a dispute's id, or `new`. */
  return { open: textOf(raw, "open") };
}

const ALL = {};

/** A partner's own disputes, and the way to tell of a missing conversion. */
export default function OwnDisputesPage() {
  const { t } = useTranslation("disputes");
  const [search, change] = usePageState(readState);
  const mayDispute = useMay("disputes:write");
  const terms = useQuery(termsQuery).data;
  const close = () => change({ open: undefined });
  const start = <Button onClick={() => change({ open: "new" })}>{t("open.missing")}</Button>;
  const said = terms && t("terms.said", { days: terms.dispute_days, answer: terms.answer_days });
  return (
    <Page title={t("title")} subtitle={said ?? t("own_subtitle")} action={mayDispute && start}>
      <DisputeTable
        filter={ALL}
        isOwn
        open={search.open}
        onOpen={(row) => change({ open: row.id }, { push: true })}
        emptyText={t("none_own")}
        action={mayDispute && start}
      />
      {search.open?.startsWith("dsp_") && (
        <DisputeDrawer key={search.open} id={search.open} onClose={close} />
      )}
      {mayDispute && search.open === "new" && (
        <OpenDrawer kind="missing" onClose={close} onOpened={(id) => change({ open: id })} />
      )}
    </Page>
  );
}
