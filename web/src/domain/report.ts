import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";

export type Question = Schemas["Asked"];
export type Report = Schemas["ReportOut"];

/** A report's answer, kept by its question. */
export function reportQuery(question: Question) {
  return queryOptions({
    queryKey: ["report", question],
    queryFn: async ({ signal }) => {
      const { data } = await client.POST("/v1/reports/query", { body: question, signal });
      if (!data) throw new Error("the API answered without a body");
      return data;
    },
    placeholderData: keepPreviousData,
  });
}

export function useReport(question: Question, enabled = true) {
  return useQuery({ ...reportQuery(question), enabled });
}

/** What metrics and dimensions there are, with the unit and the formula of each. */
export const dictionaryQuery = queryOptions({
  queryKey: ["dictionary"],
  queryFn: async ({ signal }) => {
    const { data } = await client.GET("/v1/reports/dictionary", { signal });
    if (!data) throw new Error("the API answered without a body");
    return data;
  },
  staleTime: Number.POSITIVE_INFINITY,
});

export function useDictionary() {
  return useQuery(dictionaryQuery).data;
}

/** One row of a report with its cells by column name. */
export type NamedRow = Record<string, unknown>;

export function namedRows(report: Report): NamedRow[] {
  return report.rows.map((row) =>
    Object.fromEntries(report.columns.map((column, index) => [column.name, row[index]])),
  );
}

/** The numbers of each row of a report of one dimension, by that dimension's value: a list's figures by id. */
export function figuresById(report: Report | undefined): Map<string, NamedRow> {
  const first = report?.columns[0]?.name;
  if (!report || !first) return new Map();
  return new Map(namedRows(report).map((row) => [String(row[first]), row]));
}
