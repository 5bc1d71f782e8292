import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { usePeriod } from "~/domain/period";
import { DownloadMenu } from "./DownloadMenu";

/** A partner's statement of the days that are chosen above, as a file. */
export function StatementDownload({ partnerId, currency }: { partnerId: string; currency: string }) {
  const { t } = useTranslation("papers");
  const { range } = usePeriod();
  return (
    <DownloadMenu
      label={t("statement")}
      read={(format) => {
        const query = { format, currency, from: range.from, to: range.to };
        const params = { path: { id: partnerId }, query };
        return client.GET("/v1/partners/{id}/statement-file", { params, parseAs: "blob" });
      }}
    />
  );
}
