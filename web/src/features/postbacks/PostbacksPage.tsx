import { useTranslation } from "react-i18next";
import { Page } from "~/ui/Page";
import { PostbackSettings } from "./PostbackSettings";

/** What a partner's own systems are told, and the log of it. */
export default function PostbacksPage() {
  const { t } = useTranslation("postbacks");
  return (
    <Page title={t("title")} subtitle={t("subtitle")}>
      <PostbackSettings />
    </Page>
  );
}
