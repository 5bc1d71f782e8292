import { Button, SegmentedControl } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { usePageState } from "~/frame/search";
import { EmptyState, Page } from "~/ui/Page";
import { ConversionList } from "./ConversionList";
import { readConversionSearch } from "./filters";

const TO_JUDGE = { status: ["pending"] };

/** An advertiser's conversions: those that wait for its verdict, and all of them. */
export default function AdvertiserConversionsPage() {
  const { t } = useTranslation("conversions");
  const [search, change] = usePageState(readConversionSearch);
  const isAll = search.tab === "all";
  const connect = (
    <Button component={Link} to="/connection" variant="default">
      {t("empty.connect")}
    </Button>
  );
  return (
    <Page title={t("list.title")} subtitle={isAll ? t("list.subtitle_all") : t("list.subtitle_judge")}>
      <SegmentedControl
        aria-label={t("tab.label")}
        style={{ alignSelf: "flex-start" }}
        value={isAll ? "all" : "judge"}
        onChange={(tab) =>
          change({ tab: tab === "all" ? "all" : undefined, open: undefined, status: undefined })
        }
        data={[
          { value: "judge", label: t("tab.judge") },
          { value: "all", label: t("tab.all") },
        ]}
      />
      {isAll ? (
        <ConversionList
          key="all"
          reader="advertiser"
          empty={(period) => (
            <EmptyState
              title={period ? t("empty.in_period", { period }) : t("empty.title")}
              text={t("empty.advertiser")}
              action={connect}
            />
          )}
        />
      ) : (
        <ConversionList
          key="judge"
          reader="advertiser"
          fixed={TO_JUDGE}
          isJudging
          empty={() => <EmptyState title={t("empty.judged")} text={t("empty.judged_text")} />}
        />
      )}
    </Page>
  );
}
