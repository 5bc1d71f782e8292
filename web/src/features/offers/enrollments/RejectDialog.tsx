import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "~/ui/ConfirmDialog";

interface Props {
  name: string;
  onClose: () => void;
  onReject: (reason: string) => Promise<unknown>;
}

/** The partner reads the reason, so it is asked for. */
export function RejectDialog({ name, onClose, onReject }: Props) {
  const { t } = useTranslation("offers");
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("enrollments.reject_title", { name })}
      confirmLabel={t("enrollments.reject")}
      danger
      noteLabel={t("enrollments.reject_reason")}
      noteRequired
      onConfirm={({ note }) => onReject(note)}
    >
      {t("enrollments.reject_text")}
    </ConfirmDialog>
  );
}
