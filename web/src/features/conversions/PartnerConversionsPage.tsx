import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { EmptyState, Page } from "~/ui/Page";
import { ConversionList } from "./ConversionList";

/** A partner's own conversions, with the reasons. */
export default function PartnerConversionsPage() {
  const { t } = useTranslation("conversions");
  return (
    <Page
      title={t("list.title")}
      subtitle={t("list.subtitle_partner")}
      action={
        <Button component={Link} to="/disputes" variant="default">
          {t("list.disputes")}
        </Button>
      }
    >
      <ConversionList
        reader="partner"
        empty={(period) => (
          <EmptyState
            title={period ? t("empty.in_period", { period }) : t("empty.title")}
            text={t("empty.partner")}
          />
        )}
      />
    </Page>
  );
}
