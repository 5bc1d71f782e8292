import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { LinkTable } from "~/features/links/list/LinkTable";
import { NewLinkButton } from "~/features/links/list/NewLinkButton";
import { useLinks } from "~/features/links/queries";
import { EmptyState } from "~/ui/Page";
import type { Partner } from "../model";

/** The partner's links with their numbers. */
export function LinksTab({ partner }: { partner: Partner }) {
  const { t } = useTranslation("partners");
  const list = useLinks({ partner_id: partner.id });
  const add =
    useMay("links:write") && partner.state === "active" ? <NewLinkButton partnerId={partner.id} /> : null;
  return (
    <LinkTable
      list={list}
      hides={["partner"]}
      toolbar={add}
      empty={<EmptyState title={t("links.empty")} text={t("links.empty_text")} action={add} />}
    />
  );
}
