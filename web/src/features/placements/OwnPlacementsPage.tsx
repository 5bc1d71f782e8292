import { useTranslation } from "react-i18next";
import { useMe } from "~/domain/person";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { Page } from "~/ui/Page";
import { PlacementList } from "./PlacementList";

function readState(raw: PageSearch) {
  const placement = textOf(raw, "placement");
  return { placement: placement === "new" ? undefined : placement };
}

/** What a partner has agreed on for a fee of its own, and what it still has to show. */
export default function OwnPlacementsPage() {
  const { t } = useTranslation("placements");
  const [search, change] = usePageState(readState);
  const { partner_id } = useMe();
  return (
    <Page title={t("title")} subtitle={t("own_subtitle")}>
      <PlacementList
        filter={{}}
        partnerId={partner_id ?? ""}
        open={search.placement}
        onOpen={(placement) => change({ placement }, { push: placement !== undefined })}
        emptyText={t("own_none_text")}
      />
    </Page>
  );
}
