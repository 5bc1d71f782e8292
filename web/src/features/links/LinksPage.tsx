import { IconLink } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { isFiltered } from "~/features/offers/list/filters";
import { textOf, usePageState } from "~/frame/search";
import { EmptyState, Page } from "~/ui/Page";
import { LinkBuilder } from "./builder/LinkBuilder";
import { linkFilterOf, NO_FILTERS, readLinkSearch } from "./list/filters";
import { LinkFilters } from "./list/LinkFilters";
import { LinkTable } from "./list/LinkTable";
import { NewLinkButton } from "./list/NewLinkButton";
import { useLinks } from "./queries";

/** Every tracking link, and the builder of new ones. */
export default function LinksPage() {
  const { t } = useTranslation("links");
  const [search, change] = usePageState(readLinkSearch);
  const [built, build] = usePageState((raw) => ({
    new: raw.new === true || raw.new === "true" || undefined,
    partner: textOf(raw, "partner"),
    offer: textOf(raw, "offer"),
  }));
  const links = useLinks(linkFilterOf(search));
  const action = useMay("links:write") ? <NewLinkButton /> : null;
  return (
    <Page title={t("list.title")} action={action}>
      <LinkTable
        list={links}
        filtered={isFiltered(search)}
        onClearFilters={() => change(NO_FILTERS)}
        toolbar={<LinkFilters search={search} onChange={change} />}
        empty={
          <EmptyState
            icon={<IconLink size={28} stroke={1.5} />}
            title={t("list.empty")}
            text={t("list.empty_text")}
            action={action}
          />
        }
      />
      <LinkBuilder
        opened={built.new === true}
        partnerId={built.partner}
        offerId={built.offer}
        onClose={() => build({ new: undefined, partner: undefined, offer: undefined })}
      />
    </Page>
  );
}
