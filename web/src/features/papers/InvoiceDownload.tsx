import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { DownloadMenu } from "./DownloadMenu";

/** An advertiser's invoice or credit note as a file. */
export function InvoiceDownload({ invoiceId }: { invoiceId: string }) {
  const { t } = useTranslation("papers");
  return (
    <DownloadMenu
      label={t("download")}
      formats={["pdf", "xlsx", "csv", "ksef"]}
      read={(format) => {
        const params = { path: { id: invoiceId }, query: { format } };
        return client.GET("/v1/invoices/{id}/file", { params, parseAs: "blob" });
      }}
    />
  );
}
