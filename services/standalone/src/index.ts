export { buildHouse, type House, type HouseOptions } from './house.js'
