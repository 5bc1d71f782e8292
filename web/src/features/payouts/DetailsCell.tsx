import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { NOTHING } from "~/ui/format";
import { payoutDetailsQuery } from "./api";
import type { Method } from "./model";
import { areDetailsComplete, needsDetails } from "./payday";
import classes from "./payouts.module.css";

/** Whether a partner gave what its method needs. Only rows in sight ask. */
export function DetailsCell({ partnerId, method }: { partnerId: string; method: Method | undefined }) {
  const { t } = useTranslation("payouts");
  const isAsked = method !== undefined && needsDetails(method);
  const { data, isError } = useQuery({ ...payoutDetailsQuery(partnerId), enabled: isAsked });
  if (!method) return <span>{t("details.no_method")}</span>;
  if (!isAsked) return <span>{t("details.not_needed")}</span>;
  if (isError) return <span>{NOTHING}</span>;
  if (!data) return <Skeleton height={14} width={80} />;
  return areDetailsComplete(method, data.details) ? (
    <span className={classes.good}>{t("details.complete")}</span>
  ) : (
    <span className={classes.bad}>{t("details.missing")}</span>
  );
}
