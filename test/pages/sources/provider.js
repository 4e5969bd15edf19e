/** A data provider of react-admin over records in memory. */
export const provider = (records) => ({
  getList: async (_, { pagination: { page, perPage } }) => ({
    data: records.slice((page - 1) * perPage, page * perPage),
    total: records.length,
  }),
  getOne: async (_, { id }) => ({ data: records.find((record) => String(record.id) === String(id)) }),
  getMany: async (_, { ids }) => ({ data: records.filter((record) => ids.includes(record.id)) }),
  getManyReference: async () => ({ data: [], total: 0 }),
  update: async (_, { data }) => ({ data }),
  updateMany: async (_, { ids }) => ({ data: ids }),
  create: async (_, { data }) => ({ data }),
  delete: async (_, { previousData }) => ({ data: previousData }),
  deleteMany: async (_, { ids }) => ({ data: ids }),
});
