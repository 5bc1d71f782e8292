import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { useFormat } from "~/ui/format";
import { bodyOf, type Enrollment } from "../model";

const LINKS_MAX = 1000;

interface Props {
  enrollment: Enrollment;
  name: string;
  onClose: () => void;
  onEnd: () => Promise<unknown>;
}

/** Says how many links stop working. */
export function EndDialog({ enrollment, name, onClose, onEnd }: Props) {
  const { t } = useTranslation("offers");
  const { number } = useFormat();
  const { offer_id, partner_id } = enrollment;
  const { data: count } = useQuery({
    queryKey: ["links", "count", offer_id, partner_id],
    queryFn: async ({ signal }) => {
      const query = { offer_id, partner_id, state: "active" as const, limit: LINKS_MAX };
      return bodyOf(await client.GET("/v1/links", { params: { query }, signal })).items.length;
    },
  });
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("enrollments.end_title", { name })}
      confirmLabel={t("enrollments.end")}
      danger
      onConfirm={onEnd}
    >
      {count === undefined
        ? t("enrollments.end_text_unknown")
        : t("enrollments.end_text", { count, shown: number(count) })}
    </ConfirmDialog>
  );
}
